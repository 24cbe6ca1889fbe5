"""The manual page of all commands, made from what the commands say of themselves."""

import click


def manual(cli: click.Group) -> str:
    """`docs/commands.md`: every command with its help, as Markdown."""
    top = click.Context(cli, info_name="minutebook", max_content_width=100, terminal_width=100, **cli.context_settings)
    contexts = [top, *(click.Context(cli.commands[name], top, name) for name in sorted(cli.commands))]
    sections = (f"## `{each.command_path}`\n\n```text\n{each.command.get_help(each)}\n```\n" for each in contexts)
    return "\n".join(["# The commands\n", "Made from the commands themselves by `make manual`.\n", *sections])
