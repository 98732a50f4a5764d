export function isFromElsewhere(request: Request): boolean {
  const own = process.env.APP_URL ?? "http://localhost:3000";
  const isJson = request.headers.get("content-type")?.startsWith("application/json") ?? false;
  return request.headers.get("origin") !== new URL(own).origin || !isJson;
}
