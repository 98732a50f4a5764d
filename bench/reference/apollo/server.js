// What a team would write by hand: Apollo Server with pg and bcrypt, one process for each core. A token is verified (HS256),
// one row is read by its key. There are no sessions, no limits, no metrics and no log.
//
// Serves the users of the database at DATABASE_URL, with tokens signed with JWT_SECRET, and prints its URL.

import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import bcrypt from "bcrypt";
import jwt from "jsonwebtoken";
import pg from "pg";

const { DATABASE_URL, JWT_SECRET, PASSWORD } = process.env;
const CONNECTIONS = 10;

const typeDefs = `
  type User { id: ID! email: String! username: String name: String avatarUrl: String createdAt: String! }
  type Query { me: User }
  type Mutation { login(identifier: String!, password: String!): String }
`;

if (cluster.isPrimary) {
  await prepare();
  const workers = Array.from({ length: availableParallelism() }, () => cluster.fork());
  const urls = await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once("message", resolve))));
  console.log(urls[0]);
  process.on("SIGTERM", () => {
    for (const worker of workers) worker.kill("SIGKILL");
    process.exit();
  });
} else {
  process.send(await serve());
}

// The passwords of Gatehouse are hashed in another way.
async function prepare() {
  const client = new pg.Client(DATABASE_URL);
  await client.connect();
  await client.query("CREATE TABLE apollo_passwords AS SELECT id, email, $1::text AS hash FROM users", [
    await bcrypt.hash(PASSWORD, 10),
  ]);
  await client.query("CREATE UNIQUE INDEX ON apollo_passwords (email); ANALYZE apollo_passwords");
  await client.end();
}

async function serve() {
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Math.ceil(CONNECTIONS / availableParallelism()) });
  const row = async (name, text, value) => (await pool.query({ name, text, values: [value] })).rows[0];
  const me = "SELECT id, email, username, name, avatar_url, created_at FROM users WHERE id = $1";
  const password = "SELECT id, hash FROM apollo_passwords WHERE email = $1";
  const resolvers = {
    User: {
      avatarUrl: (user) => user.avatar_url,
      createdAt: (user) => user.created_at.toISOString(),
    },
    Query: {
      me: (_parent, _arguments, { userId }) => (userId ? row("me", me, userId) : null),
    },
    Mutation: {
      login: async (_parent, { identifier, password: given }) => {
        const found = await row("password", password, identifier);
        if (!found || !(await bcrypt.compare(given, found.hash))) return null;
        return jwt.sign({}, JWT_SECRET, { subject: found.id, expiresIn: "15m" });
      },
    },
  };
  const server = new ApolloServer({ typeDefs, resolvers });
  const context = async ({ req }) => ({ userId: userOf(req.headers.authorization) });
  const { url } = await startStandaloneServer(server, { context, listen: { host: "127.0.0.1", port: 0 } });
  return url;
}

function userOf(header) {
  if (!header?.startsWith("Bearer ")) return null;
  try {
    return jwt.verify(header.slice(7), JWT_SECRET, { algorithms: ["HS256"] }).sub;
  } catch {
    return null;
  }
}
