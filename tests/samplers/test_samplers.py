"""Every sampler: moments of three targets, detailed balance, reversibility and volume; what is refused."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from bayes_core.samplers import SAMPLERS, Options, Plan, State, run
from bayes_core.samplers.account import account
from bayes_core.samplers.hmc import step as hmc
from bayes_core.samplers.langevin import step as langevin
from bayes_core.samplers.moves import Dice, leapfrog
from bayes_core.samplers.random_walk import step as random_walk
from bayes_core.samplers.reference import reference
from bayes_core.samplers.run import METRICS, dice, metric, seen_through
from bayes_core.samplers.targets import target

FAST = {"nuts": (0.8, 10), "hmc": (0.5, 4), "random_walk": (1.8, 1), "langevin": (1.1, 1), "gibbs": (1.0, 1)}
SPEND = {"line": 4000, "noise": 4000, "banana": 9000}
BANANA = {"nuts": 0.25, "hmc": 0.13, "random_walk": 0.9, "langevin": 0.25, "gibbs": 1.0}


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("name", ["line", "noise", "banana"])
def test_moments_are_those_of_the_target_within_their_error(name, sampler):
    size, leaps = FAST[sampler] if name != "banana" else (BANANA[sampler], 8)
    metric = "diagonal" if name == "banana" else "dense"
    plan = Plan(name, sampler, size, metric, leaps=leaps, seed=5, spend=SPEND[name] // (3 if sampler == "gibbs" else 1))
    chains, exact = run(plan), reference(name)
    told = account(chains, plan.spend, warm=500)
    assert told.worth > 20, told
    off = (np.array(told.mean) - exact.mean) / np.array(told.error)
    assert np.abs(off).max() < 4, off
    drawn = np.concatenate([states[len(states) // 8 :] for states in chains.states])
    if name == "banana":  # straightened, for the tail of a square is too long to be measured by its sd
        drawn = np.stack([drawn[:, 0], (drawn[:, 1] - drawn[:, 0] ** 2 + 1) / 0.4], 1)
    ratio = drawn.std(0) / (1.0 if name == "banana" else exact.sd)
    assert np.abs(ratio - 1).max() < 4.5 / np.sqrt(2 * told.worth), ratio


def test_gibbs_sees_a_needles_eye_between_places_far_apart():
    """Places of the funnel's grid lie 0.001 apart in the middle and 1 at the ends: each counts by its width."""
    chains = run(Plan("funnel", "gibbs", seed=4, spend=3000))
    told, exact = account(chains, 3000, warm=200), reference("funnel")
    assert abs(told.mean[1] - exact.mean[1]) < 4 * told.error[1]
    drawn = np.concatenate([states[100:] for states in chains.states])
    assert drawn[:, 1].std() == pytest.approx(exact.sd[1], rel=0.12)


@pytest.mark.parametrize("kind", METRICS)
def test_a_metric_is_a_change_of_coordinates(kind):
    aim, shape = target("line"), metric("line", kind)
    seen = seen_through(aim, shape)
    at = np.linalg.solve(shape, [4.4, 200.0])
    assert seen(*at.tolist())[0] == pytest.approx(aim.log(4.4, 200.0)[0])
    for k, slope in enumerate(seen(*at.tolist())[1:]):
        h = 1e-5 * np.eye(2)[k]
        ahead, behind = (seen(*(at + sign * h).tolist())[0] for sign in (1, -1))
        assert slope == pytest.approx((ahead - behind) / 2e-5, rel=1e-4, abs=1e-4)


def toy(x, y):
    """A table of four states in a row with probabilities 1 : 2 : 4 : 1, for those who walk on whole numbers."""
    return (log([1, 2, 4, 1][round(x)]) if 0 <= round(x) <= 3 and round(y) == 0 else -np.inf), 0.0, 0.0


def test_the_walk_is_in_detailed_balance_on_a_table():
    """Flow from a to b, counted over proposals and a fine grid of acceptance, equals flow back."""
    pi = np.array([1, 2, 4, 1]) / 8
    shares = (np.arange(200) + 0.5) / 200
    flow = np.zeros((4, 4))
    for a in range(4):
        for way in (-1.0, 1.0):
            for u in shares:
                to = random_walk(toy, State.at(toy, float(a), 0.0), Options(1.0), Dice((way, 0.0), (u,))).state
                flow[a, round(to.x)] += pi[a] / (2 * len(shares))
    assert flow == pytest.approx(flow.T, abs=1e-12)
    assert flow.sum(0) == pytest.approx(pi, abs=1e-12)


@pytest.mark.parametrize("name", ["banana", "funnel", "weights"])
def test_leapfrog_steps_go_back_and_keep_volume(name):
    density = target(name).log

    def rolled(z):
        state, p, q = State.at(density, z[0], z[1]), z[2], z[3]
        for _ in range(7):
            state, p, q = leapfrog(density, state, p, q, 0.11)
        return np.array([state.x, state.y, p, q])

    at = np.array([0.7, 0.4, 0.5, -0.8])
    there = rolled(at)
    back = rolled(there * [1, 1, -1, -1])
    assert back * [1, 1, -1, -1] == pytest.approx(at, abs=1e-9)
    slopes = np.stack([(rolled(at + 1e-6 * e) - rolled(at - 1e-6 * e)) / 2e-6 for e in np.eye(4)])
    assert np.linalg.det(slopes) == pytest.approx(1, abs=1e-5)


def test_langevin_is_hmc_with_one_leapfrog_step():
    density = target("banana").log
    for chance in dice(3, 1, 60):
        now = State.at(density, *chance.normal[::-1])
        one, other = (step(density, now, Options(0.5, 1), chance) for step in (langevin, hmc))
        assert one.path[1] == pytest.approx(other.path[1])
        assert one.chance[1] == pytest.approx(other.chance[1], abs=1e-9)
        assert one.accepted == other.accepted


def test_a_larger_step_reshapes_the_same_path():
    """Chance belongs to chain and step: the walk's first proposals lie on rays from the start."""
    for chain in range(4):
        near, far = (run(Plan("line", "random_walk", size, seed=2, spend=5)).path(chain, 0) for size in (0.2, 0.5))
        assert (far[1] - far[0]) / (near[1] - near[0]) == pytest.approx([2.5, 2.5])
    assert dice(2, 0, 9)[3] == dice(2, 0, 400)[3] != dice(2, 1, 400)[3]


def test_steps_that_diverge_are_told_and_never_kept():
    chains = run(Plan("funnel", "nuts", 2.5, "unit", seed=1, spend=300))
    assert account(chains, 300).diverged > 20
    assert all(np.isfinite(states).all() for states in chains.states)
    wild = run(Plan("banana", "hmc", 50.0, "unit", spend=100))
    assert all(move.diverged and not move.accepted and move.cost == 1 for move in wild.moves[0])
    assert not account(wild, 100).converged


def test_a_dense_metric_makes_a_slanting_line_round():
    plans = [Plan("line", "random_walk", 1.5, metric, spend=1500) for metric in ("unit", "dense")]
    slow, quick = (account(run(plan), 1500, 100).worth for plan in plans)
    assert quick > 3 * slow


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"sampler": "magic"}, "magic"), ({"metric": "round"}, "round"), ({"start": "home"}, "home"),
     ({"size": 0.0}, "positive"), ({"size": float("nan")}, "positive"), ({"leaps": 0}, "at least 1")],
)  # fmt: skip
def test_what_there_is_not_is_refused_by_name(changes, said):
    with pytest.raises(ValueError, match=said):
        Plan(**({"target": "line", "sampler": "nuts"} | changes))


def test_a_sampler_is_a_file_of_at_most_sixty_lines():
    room = Path(__file__).parents[2] / "bayes_core" / "samplers"
    for name in SAMPLERS:
        assert len((room / f"{name}.py").read_text().splitlines()) <= 60
