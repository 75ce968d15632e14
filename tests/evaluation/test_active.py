"""Where to look next: rank-one updates are the exact answer, information is a log det, BALD is a nested average."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, optimize, stats
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bayes_core.evaluation.active import (
    FIELDS,
    GRID,
    MOST,
    class_information,
    entropy_of_mean,
    explore,
    foreseen,
    invent,
    number_information,
    race,
    reference,
    standing,
    strategies_for,
)
from bayes_core.evaluation.active.bits import binary_entropy
from bayes_core.evaluation.active.strategies import Now, remaining
from bayes_core.inference.linear_posterior import solve
from bayes_core.inference.sigma import Spectrum
from bayes_core.models.linear import Bumps, Linear

NUMBERS = [name for name, field in FIELDS.items() if field.noise is not None]
EAST = 60  # places from here on are shaken in "noise"
SEEDS = (2, 5, 11)


def refit(field, places, y):
    """Return mean and covariance of the weights in one go: no update, no house."""
    rows = field.design()[places]
    precision = np.eye(rows.shape[1]) / field.width**2 + (rows.T / field.noise[places] ** 2) @ rows
    covariance = np.linalg.inv(precision)
    return covariance @ (rows.T @ (y / field.noise[places] ** 2)), covariance


def seen_by(run, n, world=0):
    upto = len(run.worlds.field.start) + n
    return run.places[world, :upto], run.outcomes[world, :upto]


@pytest.mark.parametrize("name", NUMBERS)
def test_updates_of_rank_one_are_the_houses_exact_answer(name):
    field = FIELDS[name]
    run = explore(invent(field, SEEDS), "random")
    for world, n in ((0, 0), (1, 7), (2, MOST)):
        places, y = seen_by(run, n, world)
        scaled = field.design()[places] / field.noise[places][:, None]
        one = np.ones(1)
        answer = solve(Spectrum.of(scaled), (y / field.noise[places])[None], field.width * one, one, True)
        mean, sd = answer.moments(field.design())
        np.testing.assert_allclose(run.mean[world, n], mean[0], rtol=0, atol=1e-9)
        np.testing.assert_allclose(run.sd[world, n], sd[0], rtol=1e-8)
        truth = run.worlds.truth[world]
        np.testing.assert_allclose(run.error[world, n], np.sqrt(np.mean((mean[0] - truth) ** 2)), rtol=1e-8)
        low, high = stats.norm.interval(0.9, mean[0], sd[0])
        assert run.held[world, n] == np.mean((low <= truth) & (truth <= high))


def test_bits_are_half_the_log_of_how_much_the_posterior_shrank():
    field = FIELDS["noise"]
    run = explore(invent(field, [4]), "random")
    volumes = [np.linalg.slogdet(refit(field, *seen_by(run, n))[1])[1] for n in (0, 1, 13, MOST)]
    told = [(volumes[0] - volume) / (2 * np.log(2)) for volume in volumes]
    np.testing.assert_allclose(run.bits[0, [0, 1, 13, MOST]], told, rtol=1e-9, atol=1e-12)


def test_a_gain_is_what_the_next_measurement_adds_and_closed_form():
    field = FIELDS["noise"]
    run = explore(invent(field, [4]), "random")
    seen = standing(run, range(MOST + 1))
    np.testing.assert_allclose(seen.told[:-1], np.diff(run.bits[0]), rtol=1e-9)
    np.testing.assert_allclose(seen.gain, 0.5 * np.log2(1 + run.sd[0] ** 2 / field.noise**2), rtol=1e-12)
    assert number_information(np.array([3.0]), np.array([2.0])) == pytest.approx(0.5 * np.log2(1 + 9 / 4))
    at = [0, 30, 100]
    once = [stats.norm.entropy(scale=np.hypot(run.sd[0, 3, g], field.noise[g])) for g in at]
    known = [stats.norm.entropy(scale=field.noise[g]) for g in at]
    np.testing.assert_allclose(seen.gain[3, at], (np.array(once) - known) / np.log(2), rtol=1e-12)


def test_the_band_that_a_measurement_would_leave_comes_whatever_it_reads():
    field = FIELDS["noise"]
    run = explore(invent(field, [8]), "information")
    counts, places = [0, 5, 5, MOST], [17, 80, 3, 44]
    low, high = foreseen(run, counts, places)
    for v, (n, place) in enumerate(zip(counts, places, strict=True)):
        before, y = seen_by(run, n)
        _, covariance = refit(field, np.append(before, place), np.append(y, 1e3))  # whatever it reads
        rows = field.design()
        sd = np.sqrt(((rows @ covariance) * rows).sum(1))
        ends = stats.norm.interval(0.9, run.mean[0, n], sd)
        np.testing.assert_allclose((low[v], high[v]), ends, rtol=0, atol=1e-8)
    assert foreseen(explore(invent(FIELDS["rock"], [8]), "random", 2), [1], [3]) is None


def test_least_doubt_left_is_the_mean_variance_that_a_refit_takes_off():
    field, rows = FIELDS["noise"], FIELDS["noise"].design()
    places, y = np.array([5, 35, 65, 95, 20]), np.zeros(5)
    mean, covariance = refit(field, places, y)
    sd = np.sqrt(((rows @ covariance) * rows).sum(1))
    now = Now((rows @ mean)[None], sd[None], field.noise, np.zeros(1), covariance[None], rows)
    taken = remaining(now)[0]
    for place in (0, 28, 50, 77):
        _, after = refit(field, np.append(places, place), np.append(y, 0.0))
        assert taken[place] == pytest.approx(np.mean(sd**2 - ((rows @ after) * rows).sum(1)), rel=1e-9)


# ------------------------------------------------------------------------------------------------------------ classes
@pytest.mark.parametrize(("mean", "sd"), [(0.7, 1.3), (-2.0, 2.5), (1.5, 0.4)])
def test_bald_is_a_nested_average_over_answers_and_curves(mean, sd):
    random = np.random.default_rng(17)
    f, others = random.normal(mean, sd, 200_000), random.normal(mean, sd, 400_000)
    yes = random.random(len(f)) < expit(f)  # an answer that this curve gives
    given = np.where(yes, expit(f), expit(-f))
    anyway = np.where(yes, expit(others).mean(), expit(-others).mean())  # how probable all curves made it
    told = np.log2(given / anyway)
    error = told.std() / np.sqrt(len(told))
    assert class_information(np.array(mean), np.array(sd)) == pytest.approx(told.mean(), abs=4 * error)


@pytest.mark.parametrize(("mean", "sd"), [(0.7, 1.3), (-2.0, 3.0), (4.0, 2.0)])
def test_information_and_entropy_of_classes_are_integrals(mean, sd):
    def average(of):
        return integrate.quad(lambda f: of(expit(f)) * stats.norm.pdf(f, mean, sd), mean - 9 * sd, mean + 9 * sd)[0]

    whole = float(binary_entropy(np.array(average(lambda p: p))))
    assert entropy_of_mean(np.array(mean), np.array(sd)) == pytest.approx(whole, abs=1e-4)
    open_still = average(lambda p: float(binary_entropy(np.array(p))))
    assert class_information(np.array(mean), np.array(sd)) == pytest.approx(whole - open_still, abs=2e-4)


def test_laplace_stands_at_the_mode_that_scikit_learn_finds():
    field = FIELDS["rock"]
    worlds = invent(field, SEEDS)
    run = explore(worlds, "random", 20)
    for world in range(len(SEEDS)):
        places, y = seen_by(run, 20, world)
        rows = field.design()[places]
        found = LogisticRegression(C=field.width**2, fit_intercept=False, tol=1e-10, max_iter=2000).fit(rows, y)
        p = found.predict_proba(rows)[:, 1]
        covariance = np.linalg.inv(rows.T @ (rows * (p * (1 - p))[:, None]) + np.eye(rows.shape[1]) / field.width**2)
        at = field.design()
        np.testing.assert_allclose(run.mean[world, 20], at @ found.coef_[0], rtol=0, atol=1e-4)
        np.testing.assert_allclose(run.sd[world, 20] ** 2, ((at @ covariance) * at).sum(1), rtol=1e-4)


def test_what_laplace_leaves_out_is_an_integral_over_the_weights():
    field = replace(FIELDS["rock"], model=Linear(Bumps(0.0, 10.0, 1, 3.0)), width=2.0)
    run = explore(invent(field, [5]), "random", 9)
    places, y = seen_by(run, 9)
    at, design = np.linspace(-9, 9, 241), field.design()
    weights = np.stack(np.meshgrid(at, at, indexing="ij"), -1).reshape(-1, 2)
    f = weights @ design[places].T
    height = (y * f - np.logaddexp(0, f)).sum(1) - 0.5 * (weights**2).sum(1) / field.width**2
    mass = np.exp(height - height.max())
    mass /= mass.sum()
    told = reference(run, [0, 9])
    assert (told.effective > 400).all()
    for place in (0, 37, 90):
        p = expit(weights @ design[place])
        order = np.argsort(p)
        ends = np.interp((0.05, 0.95), np.cumsum(mass[order]), p[order])
        np.testing.assert_allclose((told.band[0][1, place], told.band[1][1, place]), ends, rtol=0, atol=0.03)
        gain = binary_entropy(mass @ p) - mass @ binary_entropy(p)
        assert told.gain[1, place] == pytest.approx(gain, abs=0.015)
    off, bits = told.off(standing(run, [0, 9]))
    assert (off > 0).all()
    assert (bits > 0).all()
    assert told.kept(standing(run, [0, 9]))[1] == told.gain[1, standing(run, [9]).gain[0].argmax()] / told.gain[1].max()


def test_what_laplace_costs_a_search_is_what_the_page_says():
    kept = []
    for seed in range(12):
        run = explore(invent(FIELDS["rock"], [seed]), "information")
        counts = [0, 3, 6, 12, 20, MOST]
        kept.append(reference(run, counts).kept(standing(run, counts)))
    assert 0.78 < np.mean(kept, 0).min() < np.mean(kept, 0).max() <= 1
    assert 0.4 < np.min(kept) < 0.65
    with pytest.raises(ValueError, match="exact posterior"):
        reference(explore(invent(FIELDS["gap"], [5]), "random", 1), [0])


# ------------------------------------------------------------------------------------------------------- many worlds
def slowly(field, seed, strategy, steps):
    """Return places and errors of one world, refitted from nothing at every step, by formulas of this test's own."""
    worlds, rows = invent(field, [seed]), field.design()
    places, y, errors = [], [], []
    for k in range(len(field.start) + steps + 1):
        if k >= len(field.start):
            if field.noise is None:
                mean, sd, p = slow_mode(field, places, y)
                errors.append(np.sqrt(np.mean((p - expit(worlds.truth[0])) ** 2)))
                score = class_information(mean, sd) if strategy == "information" else entropy_of_mean(mean, sd)
            else:
                weights, covariance = refit(field, places, np.array(y))
                variance = ((rows @ covariance) * rows).sum(1)
                errors.append(np.sqrt(np.mean((rows @ weights - worlds.truth[0]) ** 2)))
                score = {
                    "information": variance / field.noise**2,
                    "variance": variance + field.noise**2,
                    "remaining": ((rows @ covariance @ rows.T) ** 2).mean(0) / (variance + field.noise**2),
                }[strategy]
            place = int(np.argmax(score.round(8)))
        else:
            place = field.start[k]
        if k == len(field.start) + steps:
            return places, np.array(errors)
        f = worlds.truth[0, place]
        shock = worlds.shocks[0, k]
        places.append(place)
        y.append(float(shock < 1 / (1 + np.exp(-f))) if field.noise is None else f + field.noise[place] * shock)
    raise AssertionError


def slow_mode(field, places, y):
    rows, at, sign = field.design()[places], field.design(), 2 * np.array(y) - 1

    def loss(w):
        return np.logaddexp(0, -sign * (rows @ w)).sum() + 0.5 * w @ w / field.width**2

    w = optimize.minimize(loss, np.zeros(rows.shape[1]), method="BFGS", options={"gtol": 1e-9}).x
    p = expit(rows @ w)
    covariance = np.linalg.inv((rows.T * (p * (1 - p))) @ rows + np.eye(len(w)) / field.width**2)
    mean, sd = at @ w, np.sqrt(((at @ covariance) * at).sum(1))
    nodes = stats.norm.ppf((np.arange(4000) + 0.5) / 4000)
    return mean, sd, expit(mean + sd * nodes[:, None]).mean(0)


@pytest.mark.parametrize(
    ("name", "strategy", "steps"),
    [("noise", "information", 12), ("noise", "variance", 12), ("gap", "remaining", 12), ("rock", "information", 5)],
)
def test_worlds_at_once_are_worlds_one_by_one(name, strategy, steps):
    together = explore(invent(FIELDS[name], SEEDS), strategy, steps)
    for world, seed in enumerate(SEEDS):
        places, errors = slowly(FIELDS[name], seed, strategy, steps)
        assert together.places[world, :-1].tolist() == places
        np.testing.assert_allclose(together.error[world], errors, rtol=0, atol=2e-4 if name == "rock" else 1e-8)


def test_a_race_is_the_mean_over_its_worlds():
    told = race(FIELDS["gap"], SEEDS, 4)
    alone = np.array([explore(invent(FIELDS["gap"], [seed]), "random", 4).error[0] for seed in SEEDS])
    np.testing.assert_allclose(told.error["random"].mean, alone.mean(0), rtol=1e-12)
    np.testing.assert_allclose(told.error["random"].mcse, alone.std(0, ddof=1) / 3**0.5, rtol=1e-12)
    assert list(told.error) == list(strategies_for("regression"))


# ------------------------------------------------------------------------------------- what the page says is the case
@pytest.fixture(scope="module")
def races():
    return {name: race(FIELDS[name]) for name in FIELDS}


def test_with_one_noise_for_all_places_variance_and_information_are_one_rule_and_beat_chance(races):
    told = races["gap"]
    np.testing.assert_array_equal(told.error["information"].values, told.error["variance"].values)
    off, error = told.error["information"].against(told.error["random"])
    assert (off[2:11] < -3 * error[2:11]).all()
    assert told.error["information"].caught(told.error["random"])[10] >= 18


def test_where_the_noise_is_known_the_tour_could_be_planned_at_home():
    run = explore(invent(FIELDS["noise"], SEEDS), "information")
    assert (run.places == run.places[0]).all()
    assert not np.allclose(run.outcomes[0], run.outcomes[1])


def test_the_largest_variance_chases_the_noise_and_information_does_not(races):
    shares = {}
    for rule in ("variance", "information"):
        chosen = explore(invent(FIELDS["noise"], [1]), rule, 12).places[0, 4:-1]
        shares[rule] = np.mean(chosen >= EAST)
    assert shares["variance"] == 1.0
    assert shares["information"] <= 0.1
    error, bits = races["noise"].error, races["noise"].bits
    at = 12
    for better, worse in (("information", "variance"), ("remaining", "information"), ("remaining", "random")):
        off, se = error[better].against(error[worse])
        assert off[at] < -2 * se[at], (better, worse)
    assert bits["information"].mean[at] == max(path.mean[at] for path in bits.values())


def test_a_wrong_model_learns_bits_and_not_the_cliff(races):
    error, bits = races["cliff"].error["information"], races["cliff"].bits["information"]
    assert bits.mean[30] > bits.mean[12] + 2
    assert error.mean[30] > 0.95 * error.mean[12]
    held = explore(invent(FIELDS["cliff"], range(50)), "information").held.mean(0)
    assert held[30] < 0.6 < held[0] + 0.05


def test_entropy_stays_with_the_coin_and_bald_leaves_it(races):
    error = races["rock"].error
    off, se = error["information"].against(error["entropy"])
    assert (off[12:] < -3 * se[12:]).all()
    worlds = invent(FIELDS["rock"], range(50))
    open_ones = np.abs(expit(worlds.truth) - 0.5) < 0.1  # where it is a coin flip, or nearly
    rows = np.arange(50)[:, None]
    stayed = {
        rule: open_ones[rows, explore(worlds, rule).places[:, 9:-1]].mean() for rule in ("entropy", "information")
    }
    assert stayed["entropy"] > 1.5 * stayed["information"]


def test_a_readers_own_places_come_first_and_the_rule_carries_on():
    worlds = invent(FIELDS["gap"], [3])
    run = explore(worlds, "information", own=(40, 41))
    assert run.places[0, 4:6].tolist() == [40, 41]
    seen = standing(run, [2])
    assert run.places[0, 6] == seen.gain[0].argmax()
    assert GRID[seen.next[0]] == GRID[run.places[0, 6]]
