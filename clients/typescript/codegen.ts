import type { CodegenConfig } from "@graphql-codegen/cli";

/** The documents and their types come from the service's contract and the operations beside this file. */
const config: CodegenConfig = {
  schema: "../../schema.graphql",
  documents: "operations/*.graphql",
  generates: {
    "src/generated/documents.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        scalars: { DateTime: "string", EmailAddress: "string", URL: "string", JSON: "unknown" },
        strictScalars: true,
        dedupeFragments: true,
        documentVariableSuffix: "Document",
      },
    },
  },
};

export default config;
