import { resolve } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  // Where Next.js and React are.
  turbopack: { root: resolve(import.meta.dirname, "../../..") },
};

export default config;
