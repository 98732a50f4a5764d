import { cookies } from "next/headers";
import { forwarded, send } from "@/auth/gatehouse";
import { isFromElsewhere } from "@/auth/same-origin";
import { ACCESS } from "@/auth/tokens";

const MOST_CHARACTERS = 65_536;

export async function POST(request: Request) {
  if (isFromElsewhere(request)) return new Response(null, { status: 403 });
  const body = await request.text();
  if (body.length > MOST_CHARACTERS) return new Response(null, { status: 413 });
  const token = (await cookies()).get(ACCESS)?.value;
  const kept = forwarded(request.headers);
  try {
    const answer = await send(body, token ? { ...kept, authorization: `Bearer ${token}` } : kept);
    const headers = { "content-type": "application/json", "cache-control": "no-store" };
    return new Response(await answer.text(), { status: answer.status, headers });
  } catch {
    const errors = [{ message: "Gatehouse is unreachable.", extensions: { code: "UNREACHABLE" } }];
    return Response.json({ errors }, { status: 502 });
  }
}
