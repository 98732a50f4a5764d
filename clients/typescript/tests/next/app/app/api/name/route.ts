import { UpdateProfileDocument } from "@gatehouse/client";
import { gatehouse } from "../../../gatehouse";

/** Which no proxy has refreshed anything for. */
export async function POST(request: Request): Promise<Response> {
  const outcome = await gatehouse.mutate(UpdateProfileDocument, { input: { name: await request.text() } });
  return Response.json(outcome);
}
