"""The only reusable Streamlit code: words, links, controls and the live chart."""
