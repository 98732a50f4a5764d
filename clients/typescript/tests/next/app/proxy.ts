import type { NextRequest, NextResponse } from "next/server";
import { gatehouse } from "./gatehouse";

export function proxy(request: NextRequest): Promise<NextResponse> {
  return gatehouse.proxy(request);
}

export const config = { matcher: ["/", "/account", "/login", "/static", "/isr"] };
