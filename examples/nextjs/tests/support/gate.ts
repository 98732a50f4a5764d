import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of requests to the service. */
export type Mode = "open" | "away" | "silent" | "overloaded";

/** Stands between the application and the service: counts operations, and can shut. */
export interface Gate {
  readonly url: string;
  readonly sent: string[];
  mode: Mode;
  count(operation: string): number;
  /** Holds back the answers to this operation until the function is called that it returns. */
  hold(operation: string): () => void;
  close(): Promise<void>;
}

const OVERLOADED = JSON.stringify({
  data: null,
  errors: [{ message: "The server is busy. Try again shortly.", extensions: { code: "OVERLOADED", retryAfter: 7 } }],
});

/** Opens a gate in front of `target`. */
export async function openGate(target: string): Promise<Gate> {
  const holds = new Map<string, Promise<void>>();
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const operation = /(?:query|mutation) (\w+)/.exec(body.toString())?.[1];
      if (operation !== undefined) gate.sent.push(operation);
      if (gate.mode === "away") return outgoing.destroy();
      if (gate.mode === "silent") return;
      if (gate.mode === "overloaded") {
        outgoing.writeHead(200, { "content-type": "application/json", "retry-after": "7" });
        return outgoing.end(OVERLOADED);
      }
      const headers = { ...incoming.headers, host: new URL(target).host };
      const onward = send(new URL(incoming.url ?? "", target), { method: incoming.method, headers }, (answer) => {
        void Promise.resolve(operation && holds.get(operation)).then(() => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        });
      });
      onward.on("error", () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sent: [],
    mode: "open",
    hold: (operation) => {
      let letGo = (): void => undefined;
      holds.set(operation, new Promise<void>((done) => (letGo = done)).then(() => void holds.delete(operation)));
      return () => letGo();
    },
    count: (operation) => gate.sent.filter((it) => it === operation).length,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return gate;
}
