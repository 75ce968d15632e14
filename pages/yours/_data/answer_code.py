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
_WIDE = 100


def script(prepared: Prepared, along: int) -> str:
    """Return a runnable script that prints the answer's numbers, "" where the data are too long to stand in it."""
    try:
        link = as_link(prepared.dataset)
    except ValueError:
        return ""
    parts = [link[start : start + _WIDE] for start in range(0, len(link), _WIDE)]
    return _TEMPLATE.format(
        title=prepared.dataset.title.replace("\n", " ") or "these numbers",
        link="\n".join(f"    {part!r}" for part in parts),
        along=along,
        groups=[one.column for one in prepared.made],
    )
