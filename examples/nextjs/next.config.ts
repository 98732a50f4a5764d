import { dirname } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // A lock file further up is none of this application's.
  turbopack: { root: dirname(import.meta.filename) },
  async headers() {
    return [
      {
        source: "/(.*)",
        headers: [
          // Links in emails have a token in their address. Stricter than this, forms without JavaScript lose their origin.
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        ],
      },
    ];
  },
};

export default config;
