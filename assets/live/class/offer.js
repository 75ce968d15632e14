// What the page on screen could ask a class (pages/_ui/classroom.py): its own question, with its answer as it is now.

/** @typedef {import("./types.js").Question} Question */

/** @type {{question: Question | null, page: string}} */
const offered = { question: null, page: "" };

/** @param {import("../types.js").Component} component */
export function offer({ data }) {
  offered.question = data ? JSON.parse(new TextDecoder().decode(data)) : null;
  offered.page = location.pathname;
}

/** The question of this page, if it has one. */
export const offeredHere = () => (offered.page === location.pathname ? offered.question : null);
