import { AccountDeletionDocument } from "@gatehouse/client";
import { GatehouseFailure } from "@gatehouse/client/next";
import { Alert } from "@/components/alert";
import { Moment } from "@/components/moment";
import { SiteHeader } from "@/components/site-header";
import { parameter, type Parameters } from "@/forms/parameters";
import { gatehouse } from "@/gatehouse/server";
import { deletionStatus } from "@/messages/account";

export const metadata = { title: "Account deletion" };

export default async function DeletionPage({ searchParams }: { searchParams: Parameters }) {
  const receipt = await parameter(searchParams, "receipt");
  const outcome = await gatehouse.query(AccountDeletionDocument, { receipt });
  if (!outcome.ok) throw new GatehouseFailure(outcome.error);
  const deletion = outcome.data.accountDeletion;
  return (
    <>
      <SiteHeader />
      <main id="content" className="centred card stack">
        <h1>Account deletion</h1>
        {deletion === null ? (
          <p>No deletion has this receipt.</p>
        ) : (
          <>
            <Alert kind={deletion.status === "PENDING" ? "note" : "done"}>{deletionStatus[deletion.status]}</Alert>
            <dl className="facts">
              <dt>Asked for</dt>
              <dd>
                <Moment at={deletion.requestedAt} />
              </dd>
              <dt>{deletion.completedAt === null ? "Done by" : "Done"}</dt>
              <dd>
                <Moment at={deletion.completedAt ?? deletion.scheduledFor} />
              </dd>
            </dl>
            {deletion.status === "PENDING" && (
              <p>You changed your mind? The link in the mail that we sent to you keeps your account until then.</p>
            )}
            <div>
              <p>Your receipt. Keep it: this page shows with it that your data is gone.</p>
              <code className="receipt">{receipt}</code>
            </div>
          </>
        )}
      </main>
    </>
  );
}
