// Says below the answers as whom requests are made. Served as it is where GraphiQL was not built.

/** @typedef {import("./token.js").TokenKeeper} TokenKeeper */

/**
 * @param {typeof import("react")} react The one that GraphiQL was built with.
 * @param {TokenKeeper} keeper
 * @param {import("react").ReactNode} [notice] What else there is to say.
 * @returns {() => import("react").ReactElement} A component.
 */
export function createStatus({ createElement, useEffect, useState, useSyncExternalStore }, keeper, notice) {
  return function Status() {
    const state = useSyncExternalStore(keeper.subscribe, keeper.state);
    const [now, setNow] = useState(Date.now);
    const left = (state.expiresAt?.getTime() ?? now) - now;
    useEffect(() => {
      if (left <= 0) return undefined;
      const timer = setTimeout(() => setNow(Date.now()), Math.min(left, 60_000));
      return () => clearTimeout(timer);
    }, [left]);
    const hasExpired = state.expiresAt !== null && left <= 0;
    const forget = createElement(
      "button",
      {
        type: "button",
        className: "graphiql-button",
        onClick: () => {
          keeper.forget();
          // The button goes; focus stays where it was said.
          /** @type {HTMLElement | null} */ (document.querySelector(".gatehouse-status p"))?.focus();
        },
      },
      "Forget token",
    );
    return createElement(
      "div",
      { className: "gatehouse-status" },
      createElement("p", { role: "status", tabIndex: -1 }, hasExpired ? EXPIRED : sentence(state)),
      state.token === null ? null : forget,
      notice === undefined ? null : createElement("p", null, notice),
    );
  };
}

const EXPIRED = "Signed out: the access token has expired. Run LogIn again.";

/** @type {(state: import("./token.js").TokenState) => string} */
function sentence({ expiresAt, why }) {
  switch (why) {
    case "kept": {
      const until = expiresAt === null ? "" : `, until ${expiresAt.toLocaleTimeString()}`;
      return `Signed in: requests carry the access token of the last sign-in${until}. It is kept in this browser tab only.`;
    }
    case "ended":
      return "Signed out: the access token has expired, or its session has ended. Run LogIn again.";
    case "forgotten":
      return "Signed out here: the token is forgotten, its session goes on until it ends by itself.";
    case "none":
      return "Signed out. After Register or LogIn, requests carry the access token that came with it.";
  }
}
