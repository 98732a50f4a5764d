import type { NextRequest } from "next/server";
import { gatehouse } from "./gatehouse";

export const proxy = (request: NextRequest) => gatehouse.proxy(request);

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|api/).*)"] };
