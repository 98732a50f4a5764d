import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands in front of a service: counts operations, and can shut. */
export interface Gate {
  readonly url: string;
  /** The operations that passed, by name. */
  readonly sent: string[];
  /** The headers of the newest request. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What becomes of requests: they pass, are never answered, or are hung up on. */
  mode: "open" | "silent" | "shut";
  /** Holds back the requests of this operation until the function is called that it returns. */
  hold(operation: string): () => void;
  close(): Promise<void>;
}

/** Opens a gate in front of `target`, whose answers get `answerHeaders`. */
export async function openGate(target: string, answerHeaders: Readonly<Record<string, string>> = {}): Promise<Gate> {
  const holds = new Map<string, Promise<void>>();
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const operation = /(?:query|mutation) (\w+)/.exec(body.toString())?.[1];
      if (operation !== undefined) gate.sent.push(operation);
      gate.headers = incoming.headers;
      if (gate.mode === "silent") return;
      if (gate.mode === "shut") return void outgoing.destroy();
      const headers = { ...incoming.headers, host: new URL(target).host };
      const onward = httpRequest(new URL(incoming.url ?? "", target), { method: incoming.method ?? "POST", headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...answerHeaders });
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.destroy());
      const held = operation === undefined ? undefined : holds.get(operation);
      void Promise.resolve(held).then(() => onward.end(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sent: [],
    headers: {},
    mode: "open",
    hold: (operation) => {
      let letGo: () => void = () => undefined;
      holds.set(operation, new Promise<void>((done) => (letGo = done)).then(() => void holds.delete(operation)));
      return () => letGo();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return gate;
}
