type Child = Node | string | false | undefined

/** An element with its attributes and what is in it; text is text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | (() => void)>>,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'string') made.setAttribute(name, value)
    else made.addEventListener(name, value)
  made.append(...children.filter((child) => child !== false && child !== undefined))
  return made
}
