"use client";

import { useId } from "react";
import { useProblem } from "./action-form";
import { useTyped } from "./use-typed";

interface SelectFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete?: string;
  readonly description?: string;
  /** The values with their names, in the order of the list. */
  readonly options: readonly (readonly [value: string, name: string])[];
}

/** One of several values. The browser's own list, which works without JavaScript and on phones. */
export function SelectField({ name, label, autoComplete, description, options }: SelectFieldProps) {
  const { problem, first, touch } = useProblem(name);
  const { value, setValue, input } = useTyped<HTMLSelectElement>(first);
  const id = useId();
  const describedBy = [description && `${id}-description`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        ref={input}
        id={id}
        name={name}
        value={value}
        autoComplete={autoComplete}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={describedBy || undefined}
        onChange={(event) => {
          setValue(event.target.value);
          touch();
        }}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {description !== undefined && (
        <span id={`${id}-description`} className="description">
          {description}
        </span>
      )}
      {problem !== undefined && (
        <span id={`${id}-problem`} className="error">
          {problem}
        </span>
      )}
    </div>
  );
}
