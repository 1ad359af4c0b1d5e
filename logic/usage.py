"""What is wrong with a command line, as a sentence."""

from __future__ import annotations

import click


def sentence(problem: click.ClickException) -> str:
    """What is wrong with the command line; click itself says it in English."""
    match problem:
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少参数 {param.opts[0]}"
        case click.NoSuchOption():
            return f"没有 {problem.option_name} 这个选项"
        case click.BadOptionUsage():
            return f"选项 {problem.option_name} 缺少值，或多了值"
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=known))):
            return "没有这个值，应为下列之一：" + "、".join(known)
        case click.BadParameter(param=click.Parameter() as param):
            return f"参数 {param.opts[0]} 不对：没有这个文件，或打不开"
    return "没有这个命令，或多写了参数"
