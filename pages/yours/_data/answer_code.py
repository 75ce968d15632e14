"""The code behind the first answer: a script that holds the reader's numbers, where they fit into a link."""

from __future__ import annotations

from bayes_core.data.upload import Prepared, as_link

_TEMPLATE = """# The first answer about {title}, as the page shows it.
from bayes_core.data.upload import from_link
from bayes_core.evaluation.answer import all_inputs, held_out_rows, line

data = from_link(
{link}
)
found = line(data, {along})
print("slope, low, high:", *(f"{{end:.4g}}" for end in found.slope))
print("one more row:", *(f"{{end:.4g}}" for end in found.one_row))

inputs = all_inputs(held_out_rows(data), groups={groups})
for place in inputs.order:
    one = inputs.coefficients[place]
    print(f"{{one.name}}: {{one.mean:.3f}} ({{one.low:.3f}} to {{one.high:.3f}}, 90 % credible, sd per sd)")
for worth in inputs.worth:
    print(f"without {{worth.name}}: RMSE {{worth.rise:+.4g}}, evidence {{worth.evidence:.1f}}")
if inputs.forecasts:
    print(inputs.forecasts.coverage.sentence())
    print(f"RMSE of the mean: {{inputs.forecasts.rmse:.4g}}")
"""
_CLASSES = """# The first answer about {title}, as the page shows it.
from bayes_core.data.upload import from_link
from bayes_core.evaluation.answer import class_inputs, class_line, held_out_rows

data = from_link(
{link}
)
found = class_line(data, {along})
for one in (*found.ends, found.middle):
    print(f"P({{one.label}}) at {{one.at:.4g}}: {{one.mean:.3f}} ({{one.low:.3f}} to {{one.high:.3f}}, 90 % credible)")

inputs = class_inputs(held_out_rows(data), groups={groups})
for place in inputs.order:
    for one in inputs.coefficients[place]:
        ends = f"({{one.low:.3f}} to {{one.high:.3f}}, 90 % credible, log odds per sd)"
        print(f"{{one.name}}, {{one.label}}: {{one.mean:.3f}} {{ends}}")
for worth in inputs.quick_worth.values():
    print(f"without {{worth.name}}: log score falls by {{worth.fall:.4f}}, evidence {{worth.evidence:.1f}}")
if inputs.forecasts:
    told = inputs.forecasts
    print(f"right: {{told.accuracy.right}} of {{told.accuracy.total}}")
    print(f"log score: {{told.log_score.mean:.4f}}, always the shares: {{told.usual_log_score.mean:.4f}}")
    print(f"Brier score: {{told.brier.mean:.4f}}, always the shares: {{told.usual_brier.mean:.4f}}")
"""
_WIDE = 100


def script(prepared: Prepared, along: int) -> str:
    """Return a runnable script that prints the answer's numbers, "" where the data are too long to stand in it."""
    return _written(_TEMPLATE, prepared, along)


def class_script(prepared: Prepared, along: int) -> str:
    """Return the same of an answer about classes."""
    return _written(_CLASSES, prepared, along)


def _written(template: str, prepared: Prepared, along: int) -> str:
    try:
        link = as_link(prepared.dataset)
    except ValueError:
        return ""
    parts = [link[start : start + _WIDE] for start in range(0, len(link), _WIDE)]
    return template.format(
        title=prepared.dataset.title.replace("\n", " ") or "these numbers",
        link="\n".join(f"    {part!r}" for part in parts),
        along=along,
        groups=[one.column for one in prepared.made],
    )
