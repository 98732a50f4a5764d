import Link from "next/link";
import { SiteHeader } from "@/components/site-header";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <>
      <SiteHeader />
      <main id="content" className="centred card">
        <h1>Page not found</h1>
        <p>Check the address. The page may have been moved.</p>
        <Link href="/">Go to the home page</Link>
      </main>
    </>
  );
}
