import { LoginDocument, type LoginInput } from "@gatehouse/client";
import { gatehouse } from "../../../gatehouse";

/** Which no proxy has refreshed anything for. */
export async function POST(request: Request): Promise<Response> {
  return Response.json(await gatehouse.mutate(LoginDocument, { input: (await request.json()) as LoginInput }));
}
