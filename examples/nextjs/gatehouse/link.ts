import { CheckLinkDocument, type CheckLinkErrorCode, type CheckLinkMutationVariables } from "@gatehouse/client";
import { gatehouse } from "./server";

type LinkKind = CheckLinkMutationVariables["input"]["kind"];

/**
 * Why the link that led to a page does not work; undefined if it works, or if Gatehouse could not be asked: then the form is
 * shown, and says what happened once it is sent. For server components: it uses nothing up.
 */
export async function linkFault(kind: LinkKind, token: string): Promise<CheckLinkErrorCode | undefined> {
  if (token === "") return undefined;
  const outcome = await gatehouse.query(CheckLinkDocument, { input: { kind, token } });
  return outcome.ok ? outcome.data.checkLink.userErrors[0]?.code : undefined;
}

/** Whether somebody is signed in for whom there is nothing to confirm: a link that was used works no second time. */
export async function isConfirmed(): Promise<boolean> {
  const viewer = await gatehouse.viewer();
  return viewer.ok && viewer.data !== null && viewer.data.emailVerified && viewer.data.pendingEmail === null;
}
