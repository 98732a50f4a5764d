"use client";

import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";

interface ConfirmProps {
  readonly button: string;
  /** The button's name for screen readers, where several look alike. */
  readonly label?: string;
  readonly question: string;
  readonly onConfirm: () => Promise<void>;
}

/** A button that asks once more. */
export function Confirm({ button, label, question, onConfirm }: ConfirmProps) {
  return (
    <DialogTrigger>
      <Button className="button" aria-label={label}>
        {button}
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal>
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {question}
                </Heading>
                <div className="actions">
                  <Button
                    className="button danger"
                    onPress={() => {
                      close();
                      void onConfirm();
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
