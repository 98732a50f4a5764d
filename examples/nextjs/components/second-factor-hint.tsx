import type { AuthSettingsQuery } from "@gatehouse/client";
import type { ReactNode } from "react";
import { Alert } from "./alert";
import { Moment } from "./moment";

interface SecondFactorHintProps {
  readonly settings: AuthSettingsQuery["authSettings"];
  readonly children?: ReactNode;
}

/** What the policy says to a user who has no second factor. Nothing if it is optional. */
export function SecondFactorHint({ settings: { secondFactor, secondFactorRequiredFrom }, children }: SecondFactorHintProps) {
  if (secondFactor === "OPTIONAL") return null;
  return (
    <Alert kind="note">
      {secondFactorRequiredFrom !== null ? (
        <>
          Your account needs a second factor from <Moment at={secondFactorRequiredFrom} />. Set one up before that.
        </>
      ) : (
        <>Protect your account with a second factor.</>
      )}{" "}
      {children}
    </Alert>
  );
}
