import Link from "next/link";
import { SiteHeader } from "@/components/site-header";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <>
      <SiteHeader />
      <main id="content" className="centred card">
        <h1>There is no such page</h1>
        <p>The address may be mistyped, or the page was moved.</p>
        <Link href="/">To the start</Link>
      </main>
    </>
  );
}
