"use client";

import { useId, useState, type ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";

interface ConfirmProps {
  readonly button: string;
  /** The button's name for screen readers, where several look alike. */
  readonly label?: string;
  /** The `id` of what tells it from others of that name. */
  readonly describedBy?: string;
  readonly question: string;
  /** What it is about, closer than the question says. */
  readonly detail?: ReactNode;
  readonly onConfirm: () => Promise<void>;
}

/** A button that asks once more, and is at work until it is done. */
export function Confirm({ button, label, describedBy, question, detail, onConfirm }: ConfirmProps) {
  const [isPending, setPending] = useState(false);
  const detailId = useId();
  const confirm = async (): Promise<void> => {
    setPending(true);
    await onConfirm().finally(() => setPending(false));
  };
  return (
    <DialogTrigger>
      <Button className="button" aria-label={label} aria-describedby={describedBy} isPending={isPending}>
        {button}
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal>
          <Dialog className="dialog" role="alertdialog" aria-describedby={detail === undefined ? undefined : detailId}>
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {question}
                </Heading>
                {detail !== undefined && <p id={detailId}>{detail}</p>}
                <div className="actions">
                  <Button
                    className="button danger"
                    onPress={() => {
                      close();
                      void confirm();
                    }}
                  >
                    {button}
                  </Button>
                  <Button className="button" onPress={close} autoFocus>
                    Cancel
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
