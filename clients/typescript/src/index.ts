/** Client of Gatehouse: who is signed in, and everything a user can do with the own account. */
export { createGatehouseClient } from "./client.js";
export type { GatehouseClient } from "./client.js";
export type { GatehouseClientOptions } from "./client-options.js";
export { describeError, isSafeToRetry } from "./errors.js";
export type { ExecuteOptions } from "./execute.js";
export { failureOf, GatehouseFailure } from "./failure.js";
export type { GatehouseError, GraphQLAnswer, GraphQLErrorLike } from "./errors.js";
export * from "./documents.js";
export { mutationOutcome, type Operations } from "./operations.js";
export type { MutationOutcome, Outcome, UserErrorsOf } from "./outcome.js";
export type { RefreshResult } from "./refresh.js";
export { safeReturnPath } from "./return-path.js";
export type { LoginChallenge, SecondFactors } from "./second-factors.js";
export { withSessionLock, type SessionLockOptions } from "./session-lock.js";
export type { LoginState, SignedOutReason, Viewer } from "./state.js";
export type { OnStepUp, StepUpRequest } from "./step-up.js";
export { memoryStorage, type MemoryStorage, type Tokens, type TokenStorage } from "./tokens.js";
export { userErrorsByField, type UserErrorLike, type UserErrorsByField } from "./user-errors.js";
