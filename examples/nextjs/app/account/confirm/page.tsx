import { safeReturnPath, SecondFactorsDocument } from "@gatehouse/client";
import { GatehouseFailure } from "@gatehouse/client/next";
import { parameter, type Parameters } from "@/forms/parameters";
import { methodsOf } from "@/gatehouse/second-factors";
import { gatehouse } from "@/gatehouse/server";
import { Confirmation } from "./confirmation";

export const metadata = { title: "Confirm that it is you" };

/** Where a form leads that needs a recent authentication. With JavaScript a dialog takes its place. */
export default async function ConfirmPage({ searchParams }: { searchParams: Parameters }) {
  const next = safeReturnPath(await parameter(searchParams, "next"), "/account");
  await gatehouse.requireViewer();
  const outcome = await gatehouse.query(SecondFactorsDocument, {});
  if (!outcome.ok) throw new GatehouseFailure(outcome.error);
  return (
    <div className="card">
      <h1>Confirm that it is you</h1>
      <p>This protects your account if someone else uses your device. Afterwards, you return to where you were.</p>
      <Confirmation methods={methodsOf(outcome.data.me?.secondFactors)} next={next} />
    </div>
  );
}
