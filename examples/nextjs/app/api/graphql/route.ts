import { gatehouse } from "@/gatehouse/server";

export const { GET, POST } = gatehouse.handler;
