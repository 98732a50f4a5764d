"use client";

import type { StepUpRequest } from "@gatehouse/client";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { ProofForm } from "./proof-form";

interface StepUpDialogProps {
  readonly request: StepUpRequest;
  readonly close: (isProved: boolean) => void;
}

/** Asks for a credential before a sensitive operation. */
export function StepUpDialog({ request: { methods }, close }: StepUpDialogProps) {
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && close(false)}>
      <Modal>
        <Dialog className="dialog stack">
          <Heading slot="title" level={2}>
            Confirm that it is you
          </Heading>
          <ProofForm methods={methods} onProved={() => close(true)} />
          <Button className="button" onPress={() => close(false)}>
            Cancel
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
