import Link from "next/link";
import { OneButtonForm } from "@/components/one-button-form";
import { parameter, type Parameters } from "@/forms/parameters";
import { disavow } from "./actions";

export const metadata = { title: "Was this not you?" };

export default async function DisavowPage({ searchParams }: { searchParams: Parameters }) {
  return (
    <div className="card">
      <h1>Was this not you?</h1>
      <p>If you did not do what the mail is about, somebody else may be in your account. This button:</p>
      <ul>
        <li>signs out every device,</li>
        <li>turns your password off, and mails you a link to choose a new one,</li>
        <li>takes back a change of your address, or the deletion of your account.</li>
      </ul>
      <OneButtonForm
        action={disavow}
        token={await parameter(searchParams, "token")}
        button="It was not me"
        kind="danger"
        afterwards={<Link href="/forgot-password">No mail? Ask for a link</Link>}
      />
    </div>
  );
}
