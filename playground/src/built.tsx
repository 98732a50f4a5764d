import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./page.css";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import * as React from "react";
import { createRoot } from "react-dom/client";
import { EXAMPLES, firstVariables } from "./examples.js";
import { createStatus } from "./status.js";
import { createTokenKeeper } from "./token.js";

const keeper = createTokenKeeper(sessionStorage);
const Status = createStatus(React, keeper);
const fetcher = createGraphiQLFetcher({ url: "/graphql", fetch: keeper.fetch, enableIncrementalDelivery: false });
const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const variables = firstVariables(sessionStorage);
const root = document.getElementById("graphiql");

if (root !== null) {
  createRoot(root).render(
    // What is typed here may be somebody's password, and is kept no longer than the tab.
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultTabs={EXAMPLES}
      {...(variables === null ? {} : { initialVariables: variables })}
      storage={sessionStorage}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>Gatehouse</GraphiQL.Logo>
      <GraphiQL.Footer>
        <Status />
      </GraphiQL.Footer>
    </GraphiQL>,
  );
}
