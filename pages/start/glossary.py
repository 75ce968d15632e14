"""The page of all words: every term of the field that these pages use, with a search."""

from __future__ import annotations

import json

import streamlit as st

from pages._ui.live.code import component
from pages._ui.terms import found
from pages._ui.words import coloured, words

TEXT = words("start/glossary")
word = st.query_params.get("word", "")[:60]

with st.container(key="head", gap=None):
    st.title(TEXT["question"], anchor=False)
    st.html(f'<p class="lead">{coloured(TEXT["lead"])}</p>')
if st.query_params.get("live") == "0":
    asked = st.text_input(TEXT["field"], word, placeholder=TEXT["hint"])
    for term in found(asked):
        st.markdown(f"**{term.name}**  \n{term.what}  \n{term.note}")
    if not found(asked):
        st.markdown(TEXT["none"].replace("{word}", asked))
else:
    said = {name: TEXT[name] for name in ("field", "hint", "count", "none", "near", "all")}
    show = component("bayes_glossary", html='<div class="gl"></div>')
    show(key="glossary", data=json.dumps({"word": word, "words": said}).encode())
