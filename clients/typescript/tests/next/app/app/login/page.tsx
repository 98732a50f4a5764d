import { LoginDocument } from "@gatehouse/client";
import { gatehouse } from "../../gatehouse";

async function login(form: FormData): Promise<void> {
  "use server";
  const input = { identifier: String(form.get("identifier")), password: String(form.get("password")) };
  await gatehouse.mutate(LoginDocument, { input });
}

export default function Login() {
  return <form action={login} id="login" />;
}
