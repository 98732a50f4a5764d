// GraphiQL where playground/ was not built: its last version that loads by script elements.

import { EXAMPLES, firstVariables } from "../src/examples.js";
import { createStatus } from "../src/status.js";
import { createTokenKeeper } from "../src/token.js";

const NOTICE = "GraphiQL comes from unpkg.com: to have it served by Gatehouse, run npm ci and npm run build in playground/.";

/** What those scripts define. @type {any} */
const { React, ReactDOM, GraphiQL, GraphiQLPluginExplorer } = globalThis;
const root = document.getElementById("graphiql");

// Where a script did not come, the page goes on saying how to build.
if (root !== null && React && ReactDOM && GraphiQL && GraphiQLPluginExplorer) {
  const keeper = createTokenKeeper(sessionStorage);
  const fetcher = GraphiQL.createFetcher({ url: "/graphql", fetch: keeper.fetch, enableIncrementalDelivery: false });
  const { createElement } = React;
  const Status = createStatus(React, keeper, NOTICE);
  const plugins = [GraphiQLPluginExplorer.explorerPlugin()];
  ReactDOM.createRoot(root).render(
    createElement(
      GraphiQL,
      // What is typed here may be somebody's password, and is kept no longer than the tab.
      {
        fetcher,
        plugins,
        defaultTabs: EXAMPLES,
        variables: firstVariables(sessionStorage) ?? undefined,
        storage: sessionStorage,
        defaultEditorToolsVisibility: "variables",
      },
      createElement(GraphiQL.Logo, null, "Gatehouse"),
      createElement(GraphiQL.Footer, null, createElement(Status)),
    ),
  );
}
