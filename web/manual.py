"""The manual page of all commands, made from what the commands say of themselves."""

import click


def manual(cli: click.Group) -> str:
    """`docs/commands.md`: every command with its help, as Markdown."""
    parts = ["# The commands\n", "Made from the commands themselves by `make manual`.\n"]
    for name in ["", *sorted(cli.commands)]:
        command = cli.commands[name] if name else cli
        title = f"minutebook {name}".strip()
        context = click.Context(command, info_name=title, terminal_width=100, max_content_width=100)
        parts.append(f"## `{title}`\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)
