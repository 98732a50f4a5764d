// Without exports of its own the package has types for the name with an ending alone.
declare module "next/navigation" {
  export { redirect } from "next/navigation.js";
}
