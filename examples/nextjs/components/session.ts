"use client";

import type { StepUpRequest } from "@gatehouse/client";
import { createContext, use } from "react";

/** Asks the user for a proof in a dialog. Returns whether one was given. */
export type AskForProof = (request: StepUpRequest) => Promise<boolean>;

export const StepUpContext = createContext<AskForProof | undefined>(undefined);

/** Opens the dialog of the account's pages; undefined outside of them. */
export const useStepUp = (): AskForProof | undefined => use(StepUpContext);
