import type { LoginChallengeFieldsFragment, SecondFactorsFieldsFragment } from "./generated/documents.js";

/** A sign-in after its first step. Its token is a secret: keep it in memory. */
export type LoginChallenge = LoginChallengeFieldsFragment;

/** The second factors of an account. */
export type SecondFactors = SecondFactorsFieldsFragment;
