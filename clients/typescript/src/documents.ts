/** Every operation of the service as a typed document, with the types of its variables and results. */
export * from "./generated/documents.js";
