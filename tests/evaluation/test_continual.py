"""Learning in turns: equal to learning at once where it must be, and what is lost where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Dataset, Linear, Polynomial, Prior, as_prior, ask, fit
from bayes_core.data.river import river, river_bed
from bayes_core.evaluation.continual import KEEPINGS, Columns, Plan, Tanh, Task, along, at_once, in_turns
from bayes_core.evaluation.continual.search import Problem, meanfield, modes, nodes
from bayes_core.inference.exact import posterior

LINE = Columns(Linear(Polynomial(3, -5.0, 5.0)))
ORDERS = ((0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0))


def uneven(seed: int = 8) -> list[Task]:
    """Return four tasks of 2 to 9 rows on one side of the axis more than on the other."""
    random = np.random.default_rng(seed)
    tasks = []
    for low, high, size in ((-4.5, -4.0, 2), (-3.0, 1.0, 9), (0.5, 1.5, 3), (2.5, 4.9, 5)):
        x = random.uniform(low, high, size)
        tasks.append(Task(x, 0.7 - 0.4 * x + 0.05 * x**3 + 0.3 * random.standard_normal(size)))
    return tasks


def together(tasks: list[Task]) -> Dataset:
    return Dataset.from_arrays(*(np.concatenate([getattr(task, name) for task in tasks]) for name in ("x", "y")))


def sounded(whole: bool = False, seed: int = 4) -> tuple[list[Task], list[np.ndarray]]:
    data = river(10, seed, whole).dataset()
    x, y = data.x[:, 0].reshape(5, -1), data.y.reshape(5, -1)
    return [Task(*rows) for rows in zip(x, y, strict=True)], [river_bed(rows) for rows in x]


def test_in_turns_is_at_once_for_a_linear_model_in_any_order():
    """Against the house's exact answer (singular basis, quadrature of sigma): none of this package's arithmetic."""
    tasks = uneven()
    exact = posterior(together(tasks), LINE.model, Prior(3.0, 0.3, noise_known=True))
    mean, covariance = exact.covariance()
    for order in ORDERS:
        last = in_turns(LINE, [tasks[k] for k in order], np.full((1, 4), 3.0), 0.3, np.ones(1))[-1]
        np.testing.assert_allclose(last.mean, mean, rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(last.covariance(), covariance, rtol=1e-8, atol=1e-11)
        np.testing.assert_allclose(last.log_evidence, exact.log_evidence, rtol=1e-10)


def test_the_mode_of_a_linear_model_is_bishops_formula():
    """Laplace's approximation of a Gaussian is that Gaussian, by the normal equations, for two widths of the prior."""
    tasks, width = uneven()[:2], np.array([0.5, 20.0])
    belief = at_once(LINE, tasks, [2, 2], np.repeat(width[:, None], 4, axis=1), 0.3)
    data = together(tasks)
    design = LINE.model.design(data.x)
    for v, w in enumerate(width):
        precision = design.T @ design / 0.09 + np.eye(4) / w**2
        np.testing.assert_allclose(belief.precision[v], precision, rtol=1e-10)
        np.testing.assert_allclose(belief.mean[v], np.linalg.solve(precision, design.T @ data.y / 0.09), rtol=1e-8)


def test_mean_field_of_a_linear_model_is_its_closed_form_turn_by_turn():
    """The best Gaussian without correlations has the exact mean and the precision's diagonal; so in every turn."""
    tasks = uneven()
    beliefs = in_turns(LINE, tasks, np.full((1, 4), 3.0), 0.3, np.ones(1), "meanfield")
    mean, own = np.zeros(4), np.full(4, 1 / 9)
    for task, belief in zip(tasks, beliefs[1:], strict=True):
        design = LINE.model.design(task.x[:, None])
        precision = np.diag(own) + design.T @ design / 0.09
        mean = np.linalg.solve(precision, own * mean + design.T @ task.y / 0.09)
        own = np.diag(precision)
        np.testing.assert_allclose(belief.mean[0], mean, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(np.diag(belief.precision[0]), own, rtol=1e-6)


def test_mean_field_finds_its_way_from_far():
    """The search of a turn begins at the mode's own widths: here it begins with none of it right."""
    task, size = uneven()[1], 4
    design = LINE.model.design(task.x[:, None])
    prior = np.diag([0.2, 3.0, 0.5, 1.0])[None]
    problem = Problem(LINE, task.x, task.y, np.ones((1, 9)), np.zeros((1, size)), prior, 0.3)
    found = meanfield(problem, np.full((1, size), 4.0), np.array([[2.0, 0.01, 0.3, 5.0]]))
    precision = prior[0] + design.T @ design / 0.09
    assert found.ended.all()
    np.testing.assert_allclose(found.mean[0], np.linalg.solve(precision, design.T @ task.y / 0.09), rtol=1e-3)
    np.testing.assert_allclose(np.diag(found.precision[0]), np.diag(precision), rtol=1e-3)


def test_the_elbo_of_the_first_turn_is_the_evidence_less_the_kl_divergence():
    task = uneven()[1]
    belief = in_turns(LINE, [task], np.full((1, 4), 3.0), 0.3, np.ones(1), "meanfield")[-1]
    exact = posterior(together([task]), LINE.model, Prior(3.0, 0.3, noise_known=True))
    mean, covariance = (part[0] for part in exact.covariance())
    wide = np.linalg.inv(belief.precision[0])
    off, precision = belief.mean[0] - mean, np.linalg.inv(covariance)
    logs = np.linalg.slogdet(covariance)[1] - np.linalg.slogdet(wide)[1]
    kl = 0.5 * (np.trace(precision @ wide) + off @ precision @ off - 4 + logs)
    assert kl > 0.1
    assert belief.log_evidence[0] + kl == pytest.approx(exact.log_evidence[0], rel=1e-9)


def test_slopes_and_bends_of_the_network_are_its_derivatives():
    curve, random = Tanh(3), np.random.default_rng(2)
    weights, x = random.standard_normal((2, curve.size)), np.array([-2.0, 0.3, 1.7, 4.0])
    f, slopes = curve.slopes(weights, x)
    off = random.standard_normal((2, 4))
    bends, step = curve.bends(weights, x, off), 1e-5
    for p in range(curve.size):
        moved = [weights + sign * step * np.eye(curve.size)[p] for sign in (1, -1)]
        ahead, behind = (curve.slopes(one, x) for one in moved)
        np.testing.assert_allclose(slopes[:, :, p], (ahead[0] - behind[0]) / (2 * step), atol=1e-8)
        bent = np.einsum("bn,bnp->bp", off, ahead[1] - behind[1]) / (2 * step)
        np.testing.assert_allclose(bends[:, p], bent, atol=1e-7)
    sites = {
        "weight1": weights[:, None, :3],
        "bias1": weights[:, 3:6],
        "weight": weights[:, 6:9],
        "bias": weights[:, 9],
    }
    np.testing.assert_allclose(f, curve.model.functions(sites, x[:, None])[:, :, 0])


def test_a_network_mode_is_flat_and_as_good_as_scipys():
    from scipy.optimize import minimize

    tasks, _ = sounded()
    curve = Tanh(5)
    x, y = (np.concatenate([getattr(task, name) for task in tasks]) for name in ("x", "y"))
    problem = Problem(curve, x, y, np.ones((1, 50)), np.zeros((1, 16)), np.eye(16)[None], 0.15)
    start = curve.starts(1, 4)
    found = modes(problem, start)
    assert found.ended.all()

    def lost(weights):
        return float(problem.data(curve.values(weights[None], x))[0] + problem.prior(weights[None])[0])

    again = minimize(lost, found.mean[0], method="BFGS", options={"gtol": 1e-6})
    assert lost(found.mean[0]) - again.fun < 1e-5  # nats: nothing lower is near
    assert lost(found.mean[0]) < lost(start[0])


def test_the_networks_mean_field_optimum_is_higher_than_what_lies_around_it():
    """By the ELBO of a million other random numbers, not the fixed points of the search."""
    task = sounded()[0][0]
    curve, random = Tanh(2), np.random.default_rng(0)
    problem = Problem(curve, task.x, task.y, np.ones((1, 10)), np.zeros((1, 7)), np.eye(7)[None], 0.15)
    mode = modes(problem, curve.starts(1, 1))
    found = meanfield(problem, mode.mean, np.einsum("bpp->bp", mode.precision) ** -0.5)
    assert found.ended.all()
    lots = random.standard_normal((20_000, 7))

    def elbo(mean, sd):
        told = -problem.data(curve.values(mean + sd * lots, task.x)[None]).mean()
        return told - 0.5 * (sd**2 + mean**2 - 1 - 2 * np.log(sd)).sum()

    mean, sd = found.mean[0], np.diag(found.precision[0]) ** -0.5
    best = elbo(mean, sd)
    assert best == pytest.approx(found.log_evidence[0], abs=1.0)  # a rule of third degree, for tanh
    for other in (0.6, 1.7):
        assert elbo(mean, other * sd) < best
    assert all(elbo(mean + 1.5 * sign * sd * axis, sd) < best for sign in (1, -1) for axis in np.eye(7))


def test_the_rule_integrates_what_is_quadratic_exactly():
    e, matrix = nodes(5), np.random.default_rng(1).standard_normal((5, 5))
    assert np.einsum("sp,pq,sq->s", e, matrix, e).mean() == pytest.approx(np.trace(matrix), rel=1e-12)


def test_fine_tuning_forgets_and_bayes_does_not():
    """Trust 0 forgets the first stretch, for bumps and for a network; exact Bayes stays where all at once is."""
    x, trust = np.linspace(-5, 5, 31), np.array([0.0, 1.0])
    tasks, truth = sounded()
    bumps = Columns(Linear(Polynomial(7, -5.0, 5.0)))
    for curve, width in ((bumps, 5.0), (Tanh(5), 1.0)):
        plan = Plan(curve, tasks, truth, 0.15, "all", 4)
        found = along(plan, np.full((2, curve.size), width), trust, np.array([5, 5]), x, 0.9)
        learnt, now = found.errors[:, 1, 0], found.errors[:, 5, 0]
        assert (learnt < 0.15).all()
        assert now[0] > 8 * learnt[0]
        assert now[1] < now[0] / 4
        assert found.errors[0, 5, 4] < 0.2  # and yet the newest is known
    assert (
        along(Plan(bumps, tasks, truth, 0.15, "all"), np.full((1, 8), 5.0), trust[1:], np.array([5]), x, 0.9).gap < 1e-7
    )


def test_a_task_that_repeats_the_others_is_hardly_forgotten():
    tasks, truth = sounded(whole=True)
    plan = Plan(Tanh(5), tasks, truth, 0.15, "all", 4)
    found = along(plan, np.ones((1, 16)), np.zeros(1), np.array([5]), np.linspace(-5, 5, 31), 0.9)
    assert found.errors[0, 5, 0] < 1.5 * found.errors[0, 1, 0]


@pytest.mark.parametrize("keeps", KEEPINGS)
def test_a_large_trust_freezes(keeps):
    tasks, truth = sounded()
    plan = Plan(Columns(Linear(Polynomial(5, -5.0, 5.0))), tasks, truth, 0.15, keeps)
    found = along(plan, np.full((2, 6), 5.0), np.array([1.0, 1e4]), np.array([2, 2]), np.linspace(-5, 5, 31), 0.9)
    moved = np.abs(found.errors[:, 2, 0] - found.errors[:, 1, 0])
    assert moved[1] < moved[0] / 20


def test_bands_are_those_of_the_exact_answer():
    tasks, truth = uneven(), [np.zeros(len(task.x)) for task in uneven()]
    plan, x = Plan(LINE, tasks, truth, 0.3, "all"), np.linspace(-5, 5, 9)
    seen = np.arange(5)
    found = along(plan, np.full((5, 4), 3.0), np.ones(5), seen, x, 0.9)
    some = together(tasks[:3])
    exact = posterior(some, LINE.model, Prior(3.0, 0.3, noise_known=True)).at(LINE.model.design(x[:, None]))
    for kind, name in (("function", "credible"), ("observation", "predictive")):
        for edge, wanted in zip(found.turns.edges[name], exact.quantiles((0.05, 0.95), kind), strict=True):
            np.testing.assert_allclose(edge[3], wanted[0], rtol=1e-5, atol=1e-6)


def test_before_any_task_a_network_is_its_prior_and_not_a_tangent():
    tasks, truth = sounded()
    found = along(
        Plan(Tanh(5), tasks, truth, 0.15, "all"), np.ones((1, 16)), np.ones(1), np.array([0]), np.array([3.0]), 0.9
    )
    random = np.random.default_rng(9).standard_normal((40_000, 16))
    low, high = np.quantile(Tanh(5).values(random, np.array([3.0]))[:, 0], (0.05, 0.95))
    edges = found.turns.edges["credible"]
    assert (high - low) == pytest.approx(float(edges[1][0, 0] - edges[0][0, 0]), rel=0.06)  # of 2,000 draws


# ------------------------------------------------------------------------------------- an answer as the next prior
@pytest.mark.parametrize("known", [False, True])
def test_an_exact_answer_as_the_next_prior_gives_the_answer_of_all_rows(known):
    """Also with unknown noise, whose posterior is no member of a family: the rows' sums say all."""
    tasks, first = uneven(), Prior(3.0, 0.4, noise_known=known)
    exact = fit(together(tasks), LINE.model, "exact", first)
    for order in ORDERS[1:]:
        prior, total = first, 0.0
        for k in order:
            answer = fit(Dataset.from_arrays(tasks[k].x, tasks[k].y), LINE.model, "exact", prior)
            prior, total = as_prior(answer), total + answer.log_evidence
        assert total == pytest.approx(exact.log_evidence, abs=1e-6)
        assert (prior.learnt.count, len(prior.learnt.y)) == (19, 5)  # P + 1 rows stand for all
        rows = np.linspace(-5, 5, 7)[:, None]
        last = posterior(Dataset.from_arrays(tasks[order[-1]].x, tasks[order[-1]].y), LINE.model, answer.prior)
        whole = posterior(together(tasks), LINE.model, first)
        for kind in ("function", "observation"):
            both = (one.quantiles(LINE.model.design(rows), (0.05, 0.5, 0.95), kind) for one in (last, whole))
            for got, wanted in zip(*both, strict=True):
                np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(last.sigma_moments(), whole.sigma_moments(), rtol=1e-5)


def test_whoever_cannot_read_a_prior_that_is_an_answer_says_so():
    data = together(uneven())
    answer = fit(data, LINE.model, "exact", Prior(3.0, 0.4))
    prior = as_prior(answer)
    with pytest.raises(ValueError, match="nuts does not read a prior that is an answer: use method='exact'"):
        ask(data, LINE.model, "nuts", prior)
    with pytest.raises(ValueError, match="learnt by another model"):
        fit(data, Linear(), "exact", prior)
    with pytest.raises(ValueError, match="the answer is by prior"):
        as_prior(fit(data, "linear", "prior", Prior(3.0, 0.4)))


def test_a_prior_that_is_an_answer_is_a_key():
    data = together(uneven())
    one, same, other = (as_prior(fit(d, LINE.model, "exact", Prior(3.0, 0.4))) for d in (data, data, data.head(9)))
    assert (one, hash(one)) == (same, hash(same))
    assert one not in (other, Prior(3.0, 0.4))
    assert ask(data, LINE.model, "exact", one) != ask(data, LINE.model, "exact", other)
    with pytest.raises(ValueError, match="read-only"):
        one.learnt.y[0] = 1.0
