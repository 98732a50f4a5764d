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
          <p>There is no deletion with this receipt.</p>
        ) : (
          <>
            <Alert kind={deletion.status === "PENDING" ? "note" : "done"}>{deletionStatus[deletion.status]}</Alert>
            <dl className="facts">
              <dt>Requested</dt>
              <dd>
                <Moment at={deletion.requestedAt} />
              </dd>
              <dt>{deletion.completedAt === null ? "Due" : "Completed"}</dt>
              <dd>
                <Moment at={deletion.completedAt ?? deletion.scheduledFor} />
              </dd>
            </dl>
            {deletion.status === "PENDING" && (
              <p>Changed your mind? Until then, you can keep your account with the link in the email that we sent you.</p>
            )}
            <div>
              <p>Keep this receipt. With it, this page proves that your data was deleted.</p>
              <code className="receipt">{receipt}</code>
            </div>
          </>
        )}
      </main>
    </>
  );
}
