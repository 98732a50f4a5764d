import { gatehouse } from "@/gatehouse";

export const { GET, POST } = gatehouse.handler;
