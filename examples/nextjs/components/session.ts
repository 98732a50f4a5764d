"use client";

import type { StepUpRequest } from "@gatehouse/client";
import { createContext, use } from "react";

/** What forms need of the session in the account's pages. */
export interface SessionActions {
  /** Asks the user for a proof in a dialog. Returns whether one was given. */
  stepUp(request: StepUpRequest): Promise<boolean>;
  /** Reports to this page and the other tabs that a server action has replaced the session. */
  renewed(): void;
}

export const SessionContext = createContext<SessionActions | undefined>(undefined);

/** Undefined outside of the account's pages. */
export const useSession = (): SessionActions | undefined => use(SessionContext);
