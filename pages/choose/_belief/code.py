"""The script that repeats what the belief network page shows."""

from __future__ import annotations

from bayes_core.foundations.belief_network import text_of

from .settings import NetSettings

_SCRIPT = '''\
"""A belief network of yes/no events, and what follows from what is known."""
from itertools import product

from bayes_core.belief_network import eliminate, network_of, posteriors

network = network_of("""
{net}
""")
seen = {seen!r}
made = {made!r}  # by somebody's hand: arrows into these are cut
known = {{**seen, **made}}
asked = {asked!r}
after = posteriors(network.made(made), known)
for name, before in posteriors(network, {{}}).items():
    print(f"{{name:20}} before {{before[0]:.9f}}  after {{after[name][0]:.9f}}")
found = eliminate(network.made(made), [asked], known)
print("summed out, one after another:", [step.event for step in found.steps])
print("P(known)", found.evidence[0])

# By hand, without elimination: add up every state of the world that fits.
total = {{True: 0.0, False: 0.0}}
for state in product([True, False], repeat=len(network.events)):
    world = dict(zip(network.names, state))
    if all(world[name] == value for name, value in known.items()):
        p = 1.0
        for event in network.made(made).events:
            yes = event.yes[0][tuple(int(world[name]) for name in event.parents)]
            p *= yes if world[event.name] else 1 - yes
        total[world[asked]] += p
print("by hand: P(" + asked + ")", total[True] / sum(total.values()) if sum(total.values()) else "impossible")
'''


def script(settings: NetSettings) -> str:
    """Return a runnable script for exactly these settings."""
    return _SCRIPT.format(net=text_of(settings.network), seen=settings.seen, made=settings.made, asked=settings.asked)
