//! Attacks on the GraphQL surface: documents, parameters, transports, schema discovery.
