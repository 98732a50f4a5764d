import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "auth/operations.graphql",
  generates: {
    "auth/generated.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: { scalars: { DateTime: "string", EmailAddress: "string", URL: "string", JSON: "unknown" } },
    },
  },
};

export default config;
